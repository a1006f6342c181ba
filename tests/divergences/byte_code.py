# category: introspection
# description: Code objects have no co_code.
# cause: The loop runs a decoded form, one entry an instruction, with numbers that are the same for both versions.
# workaround: None yet, as `dis` cannot be imported either.
# cpython: True
# heapbook: AttributeError: 'code' object has no attribute 'co_code'
def f():
    pass


print(len(f.__code__.co_code) > 0)
