# category: standard library
# description: sys.monitoring keeps tools and callbacks, but delivers no events.
# cause: CPython replaces instructions by instrumented ones; our loop has none.
# workaround: sys.settrace, or the CPython kernel.
# cpython: 1
# heapbook: NotImplementedError: sys.monitoring delivers no events in Heapbook: use sys.settrace, or the CPython kernel
import sys

monitoring = sys.monitoring
monitoring.use_tool_id(monitoring.DEBUGGER_ID, 'counter')
calls = []
monitoring.register_callback(monitoring.DEBUGGER_ID, monitoring.events.PY_START, lambda *args: calls.append(args))
monitoring.set_events(monitoring.DEBUGGER_ID, monitoring.events.PY_START)


def f():
    pass


f()
monitoring.set_events(monitoring.DEBUGGER_ID, 0)
print(len(calls))
