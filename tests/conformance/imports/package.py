import mod_pkg.leaf
from mod_pkg import leaf, name
from mod_pkg.other import shared
print(name, leaf.where, leaf.shared is shared, mod_pkg.leaf is leaf, mod_pkg.__name__)
