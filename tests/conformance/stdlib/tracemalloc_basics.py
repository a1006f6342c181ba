# tracemalloc: on and off, what a snapshot says of one line, differences between two.
import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
tracemalloc.start()
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
before = tracemalloc.take_snapshot()
kept = [bytes(1000) for _ in range(10)]
after = tracemalloc.take_snapshot()
stats = [s for s in after.compare_to(before, 'lineno') if s.traceback[0].lineno == 8]
print(len(stats), stats[0].size_diff > 10000, stats[0].count_diff >= 10)
current, peak = tracemalloc.get_traced_memory()
print(current > 10000, peak >= current)
del kept
print(tracemalloc.get_traced_memory()[0] < current, tracemalloc.get_traced_memory()[1] >= peak)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < peak)
x = bytearray(5000)
where = tracemalloc.get_object_traceback(x)
print(where is not None and where[0].lineno, tracemalloc.get_object_traceback(5))
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_object_traceback(x))
