import sys
def attempt(statement):
    try:
        exec(statement, {'__name__': 'importer', '__package__': ''})
    except Exception as e:
        print(type(e).__name__, e, getattr(e, 'name', None), getattr(e, 'name_from', None))
attempt('from mod_first import x')
print('mod_first' in sys.modules, 'mod_second' in sys.modules)
attempt('import mod_itself; print(mod_itself)')
attempt('from mod_bad_star import *')
attempt('from mod_dynamic import made, other')
attempt('import nowhere.at_all')
attempt('import sys.inside')
attempt('from . import x')
attempt('from .x import y')
attempt('from .. import y')
sys.modules['empty'] = None
attempt('import empty')
sys.modules['thing'] = type('Thing', (), {'z': 3})()
attempt('from thing import z; print(z)')
attempt('from thing import w')
attempt('__import__("nowhere")')
attempt('__import__("sys", level=-1)')
attempt('__import__("")')
attempt('__import__(5)')
