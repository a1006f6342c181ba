# category: language
# profile: 3.14
# description: t-strings compile but do not run.
# cause: Not written yet: string.templatelib has no types here.
# workaround: An f-string, where its text is all that is needed.
# cpython: ('hello ', '')
# heapbook: NotImplementedError: BUILD_INTERPOLATION is not supported yet
name = 'x'
print(t'hello {name}'.strings)
