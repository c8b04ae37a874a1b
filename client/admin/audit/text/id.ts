/** The tab of the log's integrity in Indonesian: formal and short. */
export const id = {
  title: 'Keutuhan catatan',
  why: 'Setiap perubahan menambah satu baris berantai. Tiap pukul 02.00 WIB rantai diperiksa dan kepalanya dicatat dalam berkas di luar basis data.',
  whole: 'Utuh',
  broken: 'TIDAK UTUH',
  never: 'Belum pernah diperiksa. Pemeriksaan pertama pukul 02.00 WIB.',
  checked_at: 'Diperiksa',
  lines: 'Baris',
  last_hash: 'Hash terakhir',
  anchors: 'Cocok dengan jangkar',
  check: 'Periksa sekarang',
  checking: 'Memeriksa… {n} baris',
  restored: 'Dipulihkan {at} WIB dari cadangan {made_at} WIB, sampai baris {seq}.',
  restored_lost: 'Catatan sebelumnya sudah sampai baris {lost_to}: {n} baris tidak ada lagi.',
  what_to_do:
    'Jangan mengubah apa pun. Simpan salinan basis data dan berkas jangkar, lalu jalankan npm run audit:verify dan hubungi pengelola.',
  alarm: 'Catatan tidak utuh',
  look: 'Lihat',
  away: 'Belum dapat dimuat; dicoba lagi sendiri.',
  session_over: 'Sesi berakhir. Masuk lagi di tab lain (/masuk).',
}
export type AuditKey = keyof typeof id
