import mod_cycle_a
print(mod_cycle_a.x, mod_cycle_a.mod_cycle_b.y)
