# category: language
# description: except* is not supported; exception groups are, with split() and subgroup().
# cause: Not written yet: CHECK_EG_MATCH and PREP_RERAISE_STAR have no handler in the loop.
# workaround: Catch ExceptionGroup and use its split().
# cpython: (ValueError(1),)
# heapbook: NotImplementedError: except* is not supported yet
try:
    raise ExceptionGroup('one', [ValueError(1)])
except* ValueError as group:
    print(group.exceptions)
