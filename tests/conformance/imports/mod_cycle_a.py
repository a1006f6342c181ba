import mod_cycle_b
x = 1
print('a sees', mod_cycle_b.y)
