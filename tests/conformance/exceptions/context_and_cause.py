try:
    try:
        {}['k']
    except KeyError as inner:
        raise ValueError('outer')
except ValueError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try:
        {}['k']
    except KeyError as inner:
        raise ValueError('outer') from inner
except ValueError as e:
    print(repr(e.__context__), repr(e.__cause__), e.__suppress_context__)
try:
    try:
        {}['k']
    except KeyError:
        raise ValueError('outer') from None
except ValueError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
