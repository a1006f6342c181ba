from mod_second import y
x = 1
