# What an uncaught remainder of an except* looks like.
def fail():
    try:
        raise TypeError('inner')
    except TypeError as e:
        error = e
    raise ExceptionGroup('several', [error, ValueError('v'), ExceptionGroup('deep', [OSError(5)])])


try:
    fail()
except* ValueError as group:
    raise KeyError('k') from group
