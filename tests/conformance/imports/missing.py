def attempt(f):
    try:
        f()
    except ImportError as error:
        print(type(error).__name__, error, error.name)
def module():
    import no_such_module
def name():
    from mod_helper import nothing
def submodule():
    import mod_helper.inside
for f in module, name, submodule:
    attempt(f)
