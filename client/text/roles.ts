import { role as known, type Role } from '../../geo/wire/primitives.ts'
import { locale } from './text.ts'

/** Indonesian, English. */
const WORDS: Record<Role, readonly [id: string, en: string]> = {
  operator: ['operator', 'operator'],
  supervisor: ['supervisor', 'supervisor'],
  dispatcher: ['dispatcher', 'dispatcher'],
  responder: ['petugas lapangan', 'field officer'],
  kabid: ['Kabid IKP', 'head of department'],
  planner: ['perencana', 'planner'],
  leader: ['pimpinan', 'leadership'],
  complaints_officer: ['petugas pengaduan', 'complaints officer'],
  kominfo_official: ['pejabat Kominfo', 'Kominfo official'],
  admin: ['admin', 'admin'],
  screen: ['layar', 'screen'],
  integration: ['integrasi', 'integration'],
}

/** What a role is called, in the page's language; a role this page does not know stays as it is told. */
export function roleWord(role: string): string {
  const found = known.safeParse(role).data
  return found ? WORDS[found][locale === 'en' ? 1 : 0] : role
}
