" Vim filetype plugin of the Lazaret policy language.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:# expandtab shiftwidth=4 softtabstop=4
" Completion by words takes names whole.
setlocal iskeyword+=-
if executable("lazaret")
  setlocal makeprg=lazaret\ check\ --color\ never\ %:p:h:S
  setlocal errorformat=%Eerror[%*[^]]]:\ %m,%Wwarning[%*[^]]]:\ %m,%C\ -->\ %f:%l:%c,%C%.%#
endif

let b:undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< iskeyword< makeprg< errorformat<"
