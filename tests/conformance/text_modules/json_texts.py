# json: what the C scanner and encoder say.
import json


def attempt(f, *args, **kwargs):
    try:
        return repr(f(*args, **kwargs))
    except (ValueError, TypeError) as e:
        return f'{type(e).__name__}: {e}'


for s in ['{}', '[]', '{"a":1,"b":[1,2.5,-3e10,true,false,null,"x\\n\\u00e9\\ud83d\\ude00"]}', '[1,]', '{"a":1,}', '[1 2]',
          '{"a" 1}', '{a:1}', '"abc', '"a\\x"', '"\\u12"', '"\\u12g4"', '"a\nb"', 'nul', '', '  ', '[', '{', '-', 'NaN',
          '[Infinity,-Infinity]', '1.', '1.5e', '01', '"\U0001F600"  x', '["\U0001F600",}', '123456789012345678901', '1E400', '-0']:
    print(ascii(s), ascii(attempt(json.loads, s)))
for o in [{}, [], {'a': 1, 'b': [1, 2.5, None, True, 'x"\\\n\t\x01\xe9\U0001F600']}, {1: 2, None: 3, True: 4, 2.5: 5}, float('nan'),
          1e100, -0.0, {(1,): 2}, [[[]]], {'k': {1, 2}}]:
    print(ascii(attempt(json.dumps, o)), ascii(attempt(json.dumps, o, ensure_ascii=False)), attempt(json.dumps, o, skipkeys=True))
    print(ascii(attempt(json.dumps, o, indent=1)), attempt(json.dumps, o, allow_nan=False) if isinstance(o, float) else '')
loop = []
loop.append(loop)
print(attempt(json.dumps, loop), json.dumps({'z': 1, 'a': {'y': [1, 2]}}, sort_keys=True, separators=(',', ':')))
print(json.loads('{"a":1,"b":2}', object_pairs_hook=list), json.loads('[1,1.5]', parse_int=str, parse_float=lambda s: 'f' + s))
pair = json.loads('[{"key":1},{"key":2}]')
print(list(pair[0])[0] is list(pair[1])[0])
loop.clear()
