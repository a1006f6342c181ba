import mod_cycle_a
print('b sees', hasattr(mod_cycle_a, 'x'))
y = 2
