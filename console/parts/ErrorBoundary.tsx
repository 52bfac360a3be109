import { Component, type ReactNode } from 'react'
import { Failed } from './Failed'

/** Keeps a page that breaks from taking the console with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <Failed error={error} retry={() => this.setState({ error: undefined })} />
  }
}
