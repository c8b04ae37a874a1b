import type { BusyUnit, FieldFault, Problem } from '../geo/wire/problem.ts'

/** One fault of one field, as told to the caller. */
export type FieldError = FieldFault

const TITLES: Record<number, string> = {
  400: 'Permintaan tidak dapat dibaca',
  401: 'Perlu masuk',
  403: 'Tidak diizinkan',
  404: 'Tidak ditemukan',
  405: 'Metode tidak tersedia',
  409: 'Berbenturan dengan keadaan sekarang',
  413: 'Kiriman terlalu besar',
  415: 'Jenis isi tidak didukung',
  422: 'Isian tidak sah',
  429: 'Terlalu banyak permintaan',
  500: 'Kesalahan di server',
  503: 'Basis data tidak terjangkau',
}

/**
 * The one error class that leaves the server: an HTTP status, a stable code, a sentence for people, and the fields at
 * fault. Anything else that is thrown is logged inside and masked outside as 500.
 */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: FieldError[] = [],
    /** More of what the caller needs to go on (RFC 9457, 3.2). */
    readonly more: Pick<Problem, 'busy_units' | 'override_reasons'> = {},
    /** 429 only: seconds until the same may be tried again. */
    readonly retry_after: number | null = null,
  ) {
    super(detail)
  }

  toProblem(instance?: string): Problem {
    return {
      type: `/problems/${this.code}`,
      title: TITLES[this.status] ?? 'Kesalahan',
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(instance ? { instance } : {}),
      ...(this.errors.length ? { errors: this.errors } : {}),
      ...this.more,
    }
  }
}

export const notFound = (what: string) => new ApiError(404, 'not_found', `${what} tidak ditemukan`)
export const invalid = (field: string, reason: string) =>
  new ApiError(422, 'invalid', `${field}: ${reason}`, [{ field, reason }])

interface DatabaseFault {
  code?: string
  syscall?: string
  message: string
  detail?: string
  /** Of PostgreSQL's own source, where it was raised. */
  file?: string
  column?: string
  constraint?: string
}

const isDatabaseFault = (error: unknown): error is DatabaseFault =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string'

/** Faults of the way to the database: it is away, not wrong. A socket file that is gone is; another file is not. */
const AWAY = /^(08|57P0|ECONN|EPIPE|ETIMEDOUT)/

/** True when the database could not be reached or went away, so that the same request may work later. */
export const isDatabaseAway = (error: unknown): boolean =>
  (isDatabaseFault(error) &&
    (AWAY.test(error.code ?? '') || (error.code === 'ENOENT' && error.syscall === 'connect'))) ||
  (error instanceof Error &&
    /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    ))

/** True when the database can only be read: it copies another one and was not promoted (yet), or cannot write to its disk. */
export const isReadOnly = (error: unknown): boolean => isDatabaseFault(error) && error.code === '25006'
/** The disk is full, read-only or broken, or there is no memory or connection left: the same may work later. A file that may not be written comes as 42501, as does a right that is missing. */
const WANTING = /^(53|58030)/
const isWanting = ({ code = '', file }: DatabaseFault): boolean =>
  WANTING.test(code) || (code === '42501' && file !== undefined && file !== 'aclchk.c')

/**
 * SQLSTATE to HTTP, in this one place. The functions in sql/functions raise SG404, SG409 and SG422 with
 * message = reason and detail = field; `hint` stays inside. SGBSY: units that are on a job.
 */
export function fromDatabase(error: unknown): ApiError | null {
  if (isDatabaseAway(error))
    return new ApiError(503, 'database_away', 'Basis data tidak terjangkau; coba lagi sebentar')
  if (isReadOnly(error))
    return new ApiError(
      503,
      'database_read_only',
      'Basis data cadangan sedang diangkat menjadi utama: sementara hanya dapat dibaca; coba lagi sebentar',
    )
  if (!isDatabaseFault(error)) return null
  if (isWanting(error))
    return new ApiError(
      503,
      'database_cannot_write',
      'Basis data tidak dapat menyimpan (disk penuh?); coba lagi sebentar',
    )
  const field = error.detail ?? ''
  switch (error.code) {
    case 'SG403':
      return new ApiError(403, 'forbidden', error.message)
    case 'SG404':
      return new ApiError(404, 'not_found', error.message, field ? [{ field, reason: error.message }] : [])
    case 'SG409':
      return new ApiError(409, 'conflict', error.message, [{ field, reason: error.message }])
    case 'SGBSY':
      // detail holds the busy units as JSON (sql/functions/assignment_check_busy.sql)
      return new ApiError(409, 'unit_busy', error.message, [{ field: 'unit_ids', reason: error.message }], {
        busy_units: JSON.parse(field) as BusyUnit[],
      })
    case 'SG422':
      return new ApiError(422, 'invalid', `${field}: ${error.message}`, [{ field, reason: error.message }])
    default:
      // Class 22: a value that no column can hold and no schema of ours foresaw. The database does not say which.
      return /^22...$/.test(error.code ?? '')
        ? new ApiError(422, 'invalid', 'Isian memuat nilai yang tidak dapat disimpan', [
            { field: '(isi)', reason: 'memuat nilai yang tidak dapat disimpan' },
          ])
        : null
  }
}

/** What of an error may stand in the server's own log: `where`, `detail` and the like may quote what a caller said. */
export function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, routine } = error as { code?: unknown; routine?: unknown }
  return { type: error.name, message: error.message, code, routine, stack: error.stack }
}
