export function startPostgres(): Promise<{ url: string; extensions: string[]; stop(): Promise<void> }>
