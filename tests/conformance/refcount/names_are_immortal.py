import sys
big = 10 ** 6
def some_function(some_parameter):
    return some_parameter
class SomeClass:
    some_attribute = 1
print(sys.getrefcount(some_function.__name__) > big, sys.getrefcount(SomeClass.__name__) > big)
print([sys.getrefcount(name) > big for name in some_function.__code__.co_varnames])
text = 'a_string_constant_that_is_no_name'
print(sys.getrefcount(text) > big)
made = ''.join(['run', 'time'])
print(sys.getrefcount(made) > big, sys.getrefcount(sys.intern(made)) > big)
