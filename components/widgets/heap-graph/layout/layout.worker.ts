/** Lays out pictures off the page's thread; one at a time, each answered with its number. */
import { fullLayout } from './full-layout';
import type { LayoutInput } from './layout-input';

export interface LayoutRequest {
  readonly id: number;
  readonly input: LayoutInput;
}

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  postMessage(message: unknown): void;
};

scope.onmessage = ({ data: { id, input } }) => {
  try {
    scope.postMessage({ id, places: [...fullLayout(input)] });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
