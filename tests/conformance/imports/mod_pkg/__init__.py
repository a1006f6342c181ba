from . import leaf
name = 'package'
