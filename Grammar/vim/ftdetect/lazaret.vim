autocmd BufRead,BufNewFile *.lazaret setfiletype lazaret
