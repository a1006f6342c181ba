/** The wire between a connection and a kernel: a worker on a page, a plain object in tests and on the server. */
export interface Transport {
  post(message: unknown): void;
  /** Ends the kernel at once, whatever it is doing. Nothing is delivered afterwards. */
  terminate(): void;
}

export interface TransportEvents {
  onMessage(message: unknown): void;
  /** The kernel itself failed: it could not be loaded, or it threw outside any cell. */
  onFailure(reason: string): void;
}

export type Spawn = (events: TransportEvents) => Transport;
