/**
 * `_socket`, `select` and `_posixsubprocess`: what `socket`, `subprocess` and `asyncio` import at their head. Nothing
 * outside can be reached from a page, so that making a process, or a socket that is no socketpair's, raises an error
 * that says so.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { newCapsule } from '../objects/capsule';
import { intFromNumber } from '../objects/int';
import { newTuple } from '../objects/tuple';
import { moduleType, type NativeModule } from '../modules/define';
import { select, socketpair, socketSpec } from './socketpair';
import type { Interpreter } from '../vm/interpreter';

const NO_SOCKETS = 'Heapbook has no network: the CPython kernel has sockets';
const NO_PROCESSES = 'Heapbook cannot start processes: the CPython kernel can';

const unavailable = (message: string): MethodDef => ({
  kind: 'keywords',
  fn: (ip: Interpreter) => ip.raise('OSError', message),
});

/** Linux's numbers. */
const CONSTANTS: Readonly<Record<string, number>> = {
  AF_UNSPEC: 0,
  AF_UNIX: 1,
  AF_INET: 2,
  AF_INET6: 10,
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOCK_RAW: 3,
  SOCK_NONBLOCK: 2048,
  SOCK_CLOEXEC: 524288,
  SOL_SOCKET: 1,
  SO_REUSEADDR: 2,
  SO_ERROR: 4,
  SO_BROADCAST: 6,
  SO_KEEPALIVE: 9,
  SO_REUSEPORT: 15,
  SOMAXCONN: 4096,
  IPPROTO_IP: 0,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
  IPPROTO_IPV6: 41,
  IPV6_V6ONLY: 26,
  TCP_NODELAY: 1,
  MSG_OOB: 1,
  MSG_PEEK: 2,
  AI_PASSIVE: 1,
  AI_CANONNAME: 2,
  AI_ADDRCONFIG: 32,
  NI_NUMERICHOST: 1,
  NI_NUMERICSERV: 2,
  SHUT_RD: 0,
  SHUT_WR: 1,
  SHUT_RDWR: 2,
  INADDR_ANY: 0,
  EAI_NONAME: -2,
  EAI_FAMILY: -6,
};

/** `OSError` and a class below it: new. */
function errorClass(ip: Interpreter, name: string): Handle {
  const bases = newTuple(ip, [ip.newRef(ip.types.OSError.handle)]);
  const dict = ip.call(ip.types.dict.handle, []);
  const h = ip.call(ip.types.type.handle, [ip.id(name), bases, dict]);
  ip.decref(bases);
  ip.decref(dict);
  return h;
}

export const networkModules: readonly NativeModule[] = [
  {
    name: '_socket',
    methods: {
      socketpair,
      ...Object.fromEntries(
        `getaddrinfo gethostbyname gethostbyaddr getnameinfo getservbyname gethostname dup if_nameindex`
          .split(' ')
          .map((name) => [name, unavailable(NO_SOCKETS)]),
      ),
    },
    values(ip) {
      const values: Record<string, Handle> = {};
      for (const [name, n] of Object.entries(CONSTANTS)) values[name] = intFromNumber(ip, n);
      const type = moduleType(ip, socketSpec()).handle;
      values.socket = ip.newRef(type);
      values.SocketType = ip.newRef(type);
      values.error = ip.types.OSError.handle;
      values.timeout = ip.types.TimeoutError.handle;
      values.gaierror = errorClass(ip, 'gaierror');
      values.herror = errorClass(ip, 'herror');
      values.has_ipv6 = ip.False;
      values.CAPI = newCapsule(ip, '_socket.CAPI', ip.newRef(type));
      return ip.currentException !== 0 ? null : values;
    },
  },
  {
    name: 'select',
    methods: { select },
    values: (ip) => ({ error: ip.types.OSError.handle, PIPE_BUF: intFromNumber(ip, 4096) }),
  },
  { name: '_posixsubprocess', methods: { fork_exec: unavailable(NO_PROCESSES) } },
];
