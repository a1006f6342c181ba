def exc():
    try: a
    except (A, B): b
    except C as e: raise
    except: d
    else: f
    finally: g
    try: a
    except* A as e: b
    except* B: c
    else: d
    for i in x:
        try: continue
        finally: y
    for i in x:
        try: return 1
        finally: y
    while x:
        try:
            with a as b, c: break
        except A as e: continue
        finally:
            if z: return 3
    try: return a
    finally: return b
    raise A from b
