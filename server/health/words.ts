import type { FixRefusal } from '../../geo/wire/field.ts'
import type { Job } from '../jobs/job_book.ts'

/** Indonesian, English. */
export type Words = readonly [id: string, en: string]

/** A number with a decimal point, as each language writes it. */
export const inBoth = (number: string): Words => [number.replace('.', ','), number]

export interface Told {
  words: Words
  /** The one thing to do. */
  todo?: Words
}

const WAIT_FOR_DATABASE = [
  'Tidak terbaca selama basis data tidak menjawab',
  'Not read while the database does not answer',
] as const
const MAKE_BACKUP = ['Jalankan npm run backup', 'Run npm run backup'] as const

/** What is told of each part, by what was found; `{name}` is filled in. */
export const WORDS = {
  not_read: { words: WAIT_FOR_DATABASE },

  database_away: {
    words: ['Basis data tidak menjawab', 'The database does not answer'],
    todo: ['Nyalakan PostgreSQL, atau periksa jaringan ke sana', 'Start PostgreSQL, or check the network to it'],
  },
  database_standby: {
    words: ['Basis data hanya dapat dibaca (cadangan)', 'The database can only be read (a standby)'],
    todo: ['Angkat cadangan menjadi utama (pg_ctl promote)', 'Promote the standby (pg_ctl promote)'],
  },
  database_other_schema: {
    words: ['Skema basis data bukan milik versi ini', "The database's schema is not this version's"],
    todo: ['Jalankan versi program yang sama di semua server', 'Run the same version of the program on all servers'],
  },
  database_slow: {
    words: ['Basis data lambat: {ms} milidetik', 'The database is slow: {ms} milliseconds'],
    todo: ['Lihat kueri lambat di bawah dan beban server', "See the slow query below and the server's load"],
  },
  database_embedded: { words: ['Menjawab; tertanam, hanya untuk latihan', 'Answers; embedded, for practice only'] },
  database_ok: { words: ['Menjawab dalam {ms} milidetik', 'Answers in {ms} milliseconds'] },

  feed_stopped: {
    words: [
      'Layar tidak mendapat kabar baru: dinding menulis BASI',
      'Screens get nothing new: the wall says BASI (stale)',
    ],
    todo: [
      'Perbaiki basis data dahulu; bila itu baik, nyalakan ulang server',
      'Mend the database first; if it is well, restart the server',
    ],
  },
  feed_ok: { words: ['{n} layar dan konsol tersambung', '{n} screens and consoles connected'] },

  disk_unread: { words: ['Disk belum diperiksa', 'The disk was not looked at yet'] },
  disk_silent: {
    words: ['Disk data tidak menjawab', 'The disk of the data does not answer'],
    todo: ['Periksa disk server dan sambungannya', "Check the server's disk and its cable"],
  },
  disk_readonly: {
    words: ['Folder data tidak dapat ditulisi ({fault})', 'The data folder cannot be written ({fault})'],
    todo: [
      'Kosongkan disk atau perbaiki hak folder SIAGA_DATA',
      'Free the disk, or mend the rights of the folder SIAGA_DATA',
    ],
  },
  disk_full: {
    words: ['Disk penuh: sisa {free}', 'The disk is full: {free} left'],
    todo: ['Kosongkan disk server sekarang', "Free the server's disk now"],
  },
  disk_filling: {
    words: ['Disk hampir penuh: sisa {free}', 'The disk is nearly full: {free} left'],
    todo: ['Kosongkan disk server hari ini', "Free the server's disk today"],
  },
  disk_ok: { words: ['Dapat ditulisi, sisa {free}', 'Can be written, {free} left'] },

  clock_unread: { words: ['Jam basis data tidak terbaca', "The database's clock is not read"] },
  clock_off: {
    words: ['Jam server dan basis data berbeda {s} detik', 'The clocks of server and database differ by {s} seconds'],
    todo: [
      'Nyalakan penyelaras waktu (timedatectl set-ntp true) di kedua mesin',
      'Switch time synchronisation on (timedatectl set-ntp true) on both machines',
    ],
  },
  clock_ok: {
    words: [
      'Jam server dan basis data sama (beda {s} detik)',
      'The clocks of server and database agree ({s} seconds apart)',
    ],
  },

  map_away: {
    words: ['Peta atau jaringan jalan tidak ada', 'Map or road network is missing'],
    todo: [
      'Impor peta kota (npm run import), lalu nyalakan ulang',
      "Import the city's map (npm run import), then restart",
    ],
  },
  map_ok: { words: ['Peta dan jaringan jalan terbaca', 'Map and road network are read'] },

  servers_ok: {
    words: [
      'Server ini versi {version}, menyala {hours} jam',
      'This server is version {version}, up for {hours} hours',
    ],
  },

  copies_one_machine: {
    words: [
      'Tulisan sekarang hanya ada di satu mesin: cadangan sinkron tidak ada',
      'Writes are on one machine only now: no synchronous standby',
    ],
    todo: [
      'Nyalakan basis data cadangan atau sambungannya sekarang',
      'Start the standby database, or its connection, now',
    ],
  },
  copies_off: { words: ['Tidak ada salinan basis data yang diatur', 'No copy of the database is set up'] },
  copies_synchronous: { words: ['Setiap tulisan ada di dua mesin', 'Every write is on two machines'] },
  copies_away: {
    words: [
      'Salinan tidak menjawab; basis data utama menjawab untuknya',
      'The copy does not answer; the primary answers for it',
    ],
    todo: ['Boleh ditunggu sampai pagi: periksa mesin salinan', "May wait until morning: check the copy's machine"],
  },
  copies_lagging: {
    words: ['Salinan tertinggal; basis data utama menjawab untuknya', 'The copy is behind; the primary answers for it'],
    todo: ['Boleh ditunggu sampai pagi: periksa mesin salinan', "May wait until morning: check the copy's machine"],
  },
  copies_ok: { words: ['Salinan menjawab', 'The copy answers'] },
  copies_ok_synchronous: {
    words: ['Salinan menjawab; setiap tulisan ada di dua mesin', 'The copy answers; every write is on two machines'],
  },

  screens_off: { words: ['Belum ada layar dinding yang dibuka', 'No wall was opened yet'] },
  screens_ok: { words: ['{n} layar baik', '{n} screens are well'] },
  screens_bad: {
    words: ['Layar {name} {state}', 'Screen {name} {state}'],
    todo: [
      'Lihat layar itu; bila perlu muat ulang halamannya (F5)',
      'Look at that screen; if need be load its page again (F5)',
    ],
  },
  screens_mute: {
    words: ['Layar {name} tidak dapat berbunyi', 'Screen {name} cannot sound'],
    todo: ['Sentuh layar itu sekali agar boleh berbunyi', 'Touch that screen once, so that it may sound'],
  },

  positions_off: { words: ['Belum ada unit yang mengirim posisi', 'No unit sent a position yet'] },
  positions_lost: {
    words: ['Semua posisi unit berhenti lebih dari 10 menit', "All units' positions stopped over 10 minutes ago"],
    todo: [
      'Periksa jaringan ponsel dan alamat server di pelacak',
      "Check the phone network, and the server's address in the trackers",
    ],
  },
  positions_some_lost: {
    words: [
      '{fresh} dari {units} unit bertugas berposisi baru; {lost} berhenti lebih dari 10 menit',
      '{fresh} of {units} units on duty have a fresh position; {lost} stopped over 10 minutes ago',
    ],
    todo: [
      'Hubungi awaknya lewat radio; suruh buka /field atau pelacaknya',
      'Radio the crew: open /field or the tracker',
    ],
  },
  positions_refused: {
    words: [
      '{fresh} dari {units} unit bertugas berposisi baru; kiriman {callsign} ditolak ({reason})',
      '{fresh} of {units} units on duty have a fresh position; what {callsign} sends is refused ({reason})',
    ],
    todo: ['Lihat ponsel itu di /field, Pasangkan pelacak', 'See that phone in /field, Pair a tracker'],
  },
  positions_ok: {
    words: [
      '{fresh} dari {units} unit bertugas berposisi baru',
      '{fresh} of {units} units on duty have a fresh position',
    ],
  },

  kominfo_dead: {
    words: ['{n} kasus tidak terkirim ke pusat data', '{n} cases could not be sent to the data centre'],
    todo: ['Buka bagian Pusat data di halaman ini', 'Open the part Data centre of this page'],
  },
  kominfo_off: { words: ['Belum diatur; {n} kasus menunggu', 'Not set up; {n} cases wait'] },
  kominfo_late: {
    words: ['Pusat data tidak menerima; {n} kasus menunggu', 'The data centre takes nothing; {n} cases wait'],
    todo: [
      'Biarkan: dikirim sendiri nanti. Besok pagi kabari Dinas Kominfo',
      'Leave it: they are sent by themselves later. Tell Dinas Kominfo in the morning',
    ],
  },
  kominfo_sent: { words: ['Semua kasus terkirim', 'All cases are sent'] },
  kominfo_pending: { words: ['{n} kasus menunggu giliran', '{n} cases wait their turn'] },

  routing_own: { words: ['Waktu tempuh dari jaringan jalan sendiri', 'Driving times from our own road network'] },
  routing_osrm: { words: ['OSRM menjawab', 'OSRM answers'] },
  routing_away: {
    words: ['OSRM tidak menjawab; waktu tempuh dihitung sendiri', 'OSRM does not answer; driving times are our own'],
    todo: ['Boleh ditunggu sampai pagi: nyalakan OSRM', 'May wait until morning: start OSRM'],
  },

  audit_off: {
    words: [
      'Catatan belum pernah diperiksa; malam ini pukul 02.00',
      'The log was never checked yet; it is tonight at 02:00',
    ],
  },
  audit_broken: {
    words: ['Rantai catatan: {fault}', 'Chain of the log: {fault}'],
    todo: ['Jangan ubah apa pun; hubungi admin sekarang', 'Change nothing; call an admin now'],
  },
  audit_missed: {
    words: ['Pemeriksaan catatan terlewat', 'The check of the log was missed'],
    todo: ['Tekan Periksa di bagian Catatan', 'Press Check in the part Log'],
  },
  audit_ok: { words: ['Catatan utuh', 'The log is whole'] },

  backup_off: { words: ['Belum ada cadangan yang tercatat', 'No backup is noted yet'], todo: MAKE_BACKUP },
  backup_old: {
    words: ['Cadangan terakhir lebih dari sehari', 'The last backup is over a day old'],
    todo: MAKE_BACKUP,
  },
  backup_ok: { words: ['Cadangan ada', 'There is a backup'] },

  jobs_failed: {
    words: ['Pekerjaan berkala gagal: {jobs}', 'Regular jobs failed: {jobs}'],
    todo: [
      'Dicoba lagi sendiri; bila sejam tetap begini, hubungi admin',
      'Tried again by itself; if it is so for an hour, call an admin',
    ],
  },
  jobs_ok: { words: ['Pekerjaan berkala berjalan', 'Regular jobs run'] },

  queries_none: { words: ['Tidak ada kueri lambat dalam 10 menit', 'No slow query in 10 minutes'] },
  queries_slow: {
    words: ['Kueri lambat terakhir: {name}, {ms} milidetik', 'Last slow query: {name}, {ms} milliseconds'],
  },
  queries_very_slow: {
    words: ['Kueri lambat terakhir: {name}, {ms} milidetik', 'Last slow query: {name}, {ms} milliseconds'],
    todo: ['Catat namanya untuk admin', 'Note its name for an admin'],
  },
} as const satisfies Record<string, Told>

export const SCREEN_WORDS = {
  lost: ['tidak terdengar', 'is not heard'],
  frozen: ['gambarnya diam', 'has a picture that stands'],
  stale: ['menulis BASI', 'says BASI (stale)'],
  mute: ['tidak dapat berbunyi', 'cannot sound'],
  outdated: ['memakai versi lama', 'runs an old version'],
} as const satisfies Record<string, Words>

export const JOB_WORDS: Record<Job, Words> = {
  housekeeping: ['pembersihan tiap jam', 'the hourly tidying'],
  awaited_locations: ['penghapusan lokasi ponsel', "forgetting phones' locations"],
  complaint_terms: ['tenggat pengaduan', 'terms of complaints'],
  erasure: ['penghapusan data pribadi', 'erasing personal data'],
}

export const REFUSAL_WORDS: Record<FixRefusal, Words> = {
  future: ['dari masa depan', 'from the future'],
  too_old: ['lebih tua dari sehari', 'over a day old'],
  zero: ['titik nol', 'zero'],
  sign_flipped: ['tanda terbalik', 'sign flipped'],
  swapped: ['lintang bujur tertukar', 'latitude and longitude swapped'],
  outside: ['di luar Jawa', 'outside Java'],
  inaccurate: ['tidak teliti', 'inaccurate'],
  duplicate: ['kiriman ulang', 'sent again'],
  teleport: ['loncat terlalu jauh', 'jumps too far'],
  off_duty: ['lepas tugas', 'off duty'],
}
