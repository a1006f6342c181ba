def mat(x):
    match x:
        case 1 | -1 | 1+2j | 'a': return 1
        case None | True: return 2
        case [a, b, *_]: return 3
        case [a, *b, c]: return 3
        case {'x': 1, **r} if r: return 4
        case P(1, y=2) as z: return 5
        case (a, (b, c)) | [a, b, c]: return 6
        case m.n: return 7
        case {}: return 9
        case []: return 10
        case _: return 8
    match x, y:
        case a, b: pass
    match x:
        case z: return z
