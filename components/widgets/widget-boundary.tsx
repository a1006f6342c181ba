'use client';

import { Component, type ReactNode } from 'react';

interface WidgetBoundaryProps {
  name: string;
  /** Another report is another try. */
  resetKey: unknown;
  children: ReactNode;
}

interface WidgetBoundaryState {
  message: string | null;
  resetKey: unknown;
}

/** Keeps a fault of one widget from taking its cell, or the page, along. */
export class WidgetBoundary extends Component<WidgetBoundaryProps, WidgetBoundaryState> {
  override state: WidgetBoundaryState = { message: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<WidgetBoundaryState> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(props: WidgetBoundaryProps, state: WidgetBoundaryState) {
    return props.resetKey === state.resetKey ? null : { message: null, resetKey: props.resetKey };
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <p role="alert" className="rounded-md border border-freed/50 bg-freed-soft px-3 py-2 text-sm text-ink">
        The view “{this.props.name}” could not be drawn ({this.state.message}). The rest of the page is not affected.
      </p>
    );
  }
}
