/**
 * The messages between page and kernel: Jupyter's messaging protocol, the part a notebook page needs, in Jupyter's
 * words. Flattened: `msg_id`, `msg_type` and `parent_id` (the parent header's id) stand beside `content`.
 *
 * Ours, and marked so: `start_request` (which CPython the kernel mirrors), `trace_request` (a look into the recorded
 * past, answered by `trace_reply`; trace-messages.ts), `trace_summary` (what a traced cell recorded, in numbers), `fault` (an engine error or a limit, which
 * are not Python exceptions), `output_truncated`, `execute_reply.status: 'aborted'` with a `reason`.
 */
import {
  type Parsed,
  type Parser,
  array,
  boolean,
  literal,
  nullable,
  number,
  object,
  record,
  string,
  tagged,
  unknown,
} from './validate';

import { parseRunSummary, parseTraceReply, parseTraceRequest } from './trace-messages';

export const PROTOCOL_VERSION = 1;

const profile = literal('3.13', '3.14');

/** A MIME bundle: text/plain is always there. */
const mimeBundle: Parser<Readonly<Record<string, unknown>> & { readonly 'text/plain': string }> = (
  value,
  path = '',
) => {
  const bundle = record(unknown)(value, path);
  return { ...bundle, 'text/plain': string(bundle['text/plain'], `${path}.text/plain`) };
};

function request<T extends string, C>(type: T, content: Parser<C>) {
  return object({ msg_type: literal(type), msg_id: string, content });
}

function answer<T extends string, C>(type: T, content: Parser<C>) {
  return object({ msg_type: literal(type), msg_id: string, parent_id: nullable(string), content });
}

const requests = {
  start_request: request('start_request', object({ protocol: number, profile })),
  kernel_info_request: request('kernel_info_request', object({})),
  execute_request: request(
    'execute_request',
    object({ code: string, cell_id: string, filename: string, trace: boolean, stop_on_error: boolean }),
  ),
  interrupt_request: request('interrupt_request', object({})),
  trace_request: request('trace_request', parseTraceRequest),
};

const executeReply = tagged('status', {
  ok: object({ status: literal('ok'), execution_count: number }),
  error: object({ status: literal('error'), execution_count: number, ename: string, evalue: string }),
  aborted: object({ status: literal('aborted'), reason: string }),
});

const fault = tagged('kind', {
  engine_error: object({ kind: literal('engine_error'), message: string }),
  limit: object({ kind: literal('limit'), limit: string, message: string }),
});

const answers = {
  kernel_info_reply: answer(
    'kernel_info_reply',
    object({ protocol: number, implementation: string, language_version: string }),
  ),
  status: answer('status', object({ execution_state: literal('starting', 'busy', 'idle') })),
  execute_input: answer('execute_input', object({ code: string, execution_count: number })),
  stream: answer('stream', object({ name: literal('stdout', 'stderr'), text: string })),
  execute_result: answer('execute_result', object({ data: mimeBundle, execution_count: number })),
  display_data: answer('display_data', object({ data: mimeBundle })),
  error: answer('error', object({ ename: string, evalue: string, traceback: array(string) })),
  fault: answer('fault', fault),
  output_truncated: answer('output_truncated', object({ shown: number, dropped: number })),
  execute_reply: answer('execute_reply', executeReply),
  interrupt_reply: answer('interrupt_reply', object({})),
  trace_summary: answer('trace_summary', parseRunSummary),
  trace_reply: answer('trace_reply', parseTraceReply),
};

export const parseRequest = tagged('msg_type', requests);
export const parseAnswer = tagged('msg_type', answers);

/** What the page sends. */
export type KernelRequest = Parsed<typeof parseRequest>;
/** What the kernel sends. */
export type KernelAnswer = Parsed<typeof parseAnswer>;

export type RequestOf<T extends KernelRequest['msg_type']> = Extract<KernelRequest, { msg_type: T }>;
export type AnswerOf<T extends KernelAnswer['msg_type']> = Extract<KernelAnswer, { msg_type: T }>;
export type ExecuteReply = AnswerOf<'execute_reply'>['content'];
export type TraceReply = AnswerOf<'trace_reply'>['content'];
export type Fault = AnswerOf<'fault'>['content'];
export type KernelProfile = Parsed<typeof profile>;
export type MimeBundle = Parsed<typeof mimeBundle>;
