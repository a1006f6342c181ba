# dis: instructions, jumps and the table of exceptions.
import dis


def f(a, b=2, *args, **kw):
    try:
        for i in range(a):
            if i > b:
                continue
            print(i, sep='')
    except (ValueError, TypeError) as e:
        raise RuntimeError(f'{e!r:>{b}}') from e
    finally:
        kw.clear()


dis.dis(f)
dis.dis('x = 300; y: int = 2\nwith a: pass\nassert x, 5\nimport os.path as p\ndel x[1:2], y.z')
print([(i.opname, i.offset, i.argrepr) for i in dis.get_instructions(f)][:6])
print(list(dis.findlinestarts(f.__code__))[:4])
print(dis.stack_effect(dis.opmap['BUILD_TUPLE'], 3), dis.stack_effect(dis.opmap['FOR_ITER'], 0, jump=True))
