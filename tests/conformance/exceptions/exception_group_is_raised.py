try:
    raise ExceptionGroup('several', [ValueError(1), KeyError('k')])
except ExceptionGroup as e:
    print(e, e.exceptions, e.message)
