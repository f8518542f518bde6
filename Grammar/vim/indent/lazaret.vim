" Vim indent file of the Lazaret policy language: four columns for each open brace or parenthesis.
if exists("b:did_indent")
  finish
endif
let b:did_indent = 1

setlocal indentexpr=GetLazaretIndent(v:lnum) indentkeys=0},0),!^F,o,O
let b:undo_indent = "setlocal indentexpr< indentkeys<"

if exists("*GetLazaretIndent")
  finish
endif

" What a line opens and closes; comments, texts and regular expressions count for nothing.
function! s:Depth(line)
  let plain = substitute(a:line, '"\(\\.\|[^"\\]\)*"\|/\(\\.\|[^/\\]\)*/', '', 'g')
  let plain = substitute(plain, '#.*$', '', '')
  return count(plain, '{') + count(plain, '(') - count(plain, '}') - count(plain, ')')
endfunction

function! GetLazaretIndent(lnum)
  let previous = prevnonblank(a:lnum - 1)
  if previous == 0
    return 0
  endif
  let line = getline(previous)
  let depth = s:Depth(line)
  " A closing brace at the start of the line above has been counted by that line's own place.
  if line =~ '^\s*[})]'
    let depth += 1
  endif
  let indent = indent(previous) + shiftwidth() * (depth > 0 ? 1 : depth < 0 ? -1 : 0)
  if getline(a:lnum) =~ '^\s*[})]'
    let indent -= shiftwidth()
  endif
  return max([indent, 0])
endfunction
