" Vim syntax file of the Lazaret policy language (*.lazaret).
if exists("b:current_syntax")
  finish
endif

" Names are words with hyphens, joined by dots; so `from.domain` and `no-clips` are one word each.
syntax iskeyword @,48-57,45,46
syntax case match

syntax match lazaretName /\<[A-Za-z][A-Za-z0-9.-]*\>/
syntax keyword lazaretDeclaration define dictionary exempt group import list mandatory parameter policy rule
syntax keyword lazaretDeclaration score setting template test uninspectable
syntax keyword lazaretAction add copy defer deliver discard disclaimer log notify quarantine redirect reject
syntax keyword lazaretAction remove strip tag
syntax keyword lazaretClause allow deny except for if ignore label on then unless when
syntax keyword lazaretOperator all and any as at count distinct ends every exactly exists in inside is looks
syntax keyword lazaretOperator matches mentions no not of or otherwise starts sum under where
" The word is an option of `syntax keyword` itself.
syntax match lazaretOperator /\<contains\>/
syntax keyword lazaretConstant false true unknown
syntax keyword lazaretField admin after approvers assume auth-servers because body by checked description
syntax keyword lazaretField domains edition even exempted expect expire file fires keep language least like
syntax keyword lazaretField limits mail networks notice number phrase quiet regex release take threshold times
syntax keyword lazaretField timezone total unauthenticated undetermined up using via with within word words
syntax match lazaretNumber /\<-\?\d\+\(\.\d\+\)\?\>/ nextgroup=lazaretUnit skipwhite
syntax match lazaretDate /\<\d\{4}-\d\{2}-\d\{2}\>/
syntax keyword lazaretUnit contained B KB MB GB KiB MiB GiB second seconds minute minutes hour hours day days week weeks
syntax match lazaretRelation /<=\|>=\|<\|>\|=/
syntax match lazaretEscape contained /\\\(u{\x\+}\|.\)/
syntax match lazaretPlaceholder contained /{[a-z0-9.-]\+}/
syntax region lazaretText start=/"/ skip=/\\./ end=/"/ oneline contains=lazaretEscape,lazaretPlaceholder
syntax region lazaretBlock start=/"""/ skip=/\\./ end=/"""/ contains=lazaretEscape,lazaretPlaceholder
syntax region lazaretRegex start=+/+ skip=+\\.+ end=+/[a-z]*+ oneline contains=lazaretEscape
syntax match lazaretComment /#.*$/ contains=@Spell

syntax sync minlines=200

highlight default link lazaretDeclaration Structure
highlight default link lazaretAction Statement
highlight default link lazaretClause Keyword
highlight default link lazaretOperator Operator
highlight default link lazaretRelation Operator
highlight default link lazaretConstant Boolean
highlight default link lazaretField Label
highlight default link lazaretName Identifier
highlight default link lazaretNumber Number
highlight default link lazaretDate Number
highlight default link lazaretUnit Type
highlight default link lazaretText String
highlight default link lazaretBlock String
highlight default link lazaretRegex Special
highlight default link lazaretEscape SpecialChar
highlight default link lazaretPlaceholder PreProc
highlight default link lazaretComment Comment

let b:current_syntax = "lazaret"
