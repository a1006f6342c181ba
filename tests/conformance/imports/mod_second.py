from mod_first import x
y = 1
