def target(name, store):
    print('target', name)
    return store
d, e = {}, {}
target('d', d)['k'] = target('e', e)['k'] = [1]
print(d, e, d['k'] is e['k'])
i = items = [0, 1]
i[0], i = 5, 'done'
print(items, i)
