try:
    {}['k']
except KeyError:
    raise ValueError('only this') from None
