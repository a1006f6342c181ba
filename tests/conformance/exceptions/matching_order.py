def f(error):
    try:
        raise error
    except (KeyError, IndexError) as e:
        return 'lookup ' + type(e).__name__
    except ArithmeticError:
        return 'arithmetic'
    except Exception:
        return 'other'
    except:
        return 'bare'
print(f(KeyError()), f(IndexError), f(ZeroDivisionError()), f(ValueError()), f(KeyboardInterrupt()))
