# category: builtins
# description: exit, quit, help, copyright, credits, license and breakpoint do not exist.
# cause: CPython's site module adds the first six for people at a prompt; a page has neither a prompt nor a debugger.
# workaround: sys.exit() instead of exit().
# cpython: True
# heapbook: NameError: name 'quit' is not defined
print(callable(quit))
