import type { Breach } from '../wire/breach.ts'

export interface Notice {
  title: string
  /** To whom, one line each. */
  to: string[]
  opening: string
  /** Article 46 (2): what data; when and how it was disclosed; what is done about it. Empty text: not written yet. */
  parts: { heading: string; text: string; missing: string }[]
  closing: string[]
}

const MONTHS = 'Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember'.split(',')

/** `28 November 2026 pukul 19.05 WIB`. */
export function longWib(at: string): string {
  const wib = new Date(Date.parse(at) + 7 * 3_600_000).toISOString()
  return `${Number(wib.slice(8, 10))} ${MONTHS[Number(wib.slice(5, 7)) - 1]} ${wib.slice(0, 4)} pukul ${wib.slice(11, 16).replace(':', '.')} WIB`
}

/**
 * The written notice of UU 27/2022 article 46, in formal Indonesian, to the subjects or to the authority. It names no caller; to the authority it lists
 * the numbers of the cases, to a subject it does not.
 */
export function breachNotice(breach: Breach, reader: 'subjects' | 'authority', city: string): Notice {
  const { subjects, cases } = breach
  const many =
    subjects === null
      ? 'Jumlah subjek data yang terdampak masih diperiksa.'
      : `Jumlah subjek data yang terdampak: ${subjects.toLocaleString('id-ID')} orang.`
  const listed = cases.length ? ` Nomor kasus: ${cases.map(({ number }) => number).join(', ')}.` : ''
  return {
    title: 'Pemberitahuan Kegagalan Pelindungan Data Pribadi',
    to:
      reader === 'authority'
        ? ['Yth. Lembaga Pelindungan Data Pribadi', 'di Jakarta']
        : ['Yth. Subjek Data Pribadi yang terdampak', 'di tempat'],
    opening: `Sesuai dengan Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, layanan darurat 112 ${city} selaku Pengendali Data Pribadi memberitahukan telah terjadi kegagalan pelindungan Data Pribadi yang diketahui pada ${longWib(breach.found_at)}.`,
    parts: [
      {
        heading: '1. Data Pribadi yang terungkap',
        text: breach.data ? `${breach.data}\n${many}${reader === 'authority' ? listed : ''}` : '',
        missing: 'Data apa yang terungkap belum ditulis.',
      },
      {
        heading: '2. Kapan dan bagaimana Data Pribadi terungkap',
        text: [breach.what, breach.how].filter(Boolean).join('\n'),
        missing: 'Kapan dan bagaimana data terungkap belum ditulis.',
      },
      {
        heading: '3. Upaya penanganan dan pemulihan',
        text: breach.measures ?? '',
        missing: 'Upaya penanganan dan pemulihan belum ditulis.',
      },
    ],
    closing:
      reader === 'authority'
        ? ['Perkembangan selanjutnya akan kami sampaikan secara tertulis.']
        : [
            'Saudara berhak meminta keterangan, perbaikan, atau penghapusan Data Pribadi Saudara kepada kami.',
            'Waspadai pihak yang menghubungi Saudara dengan mengatasnamakan layanan 112. Kami tidak pernah meminta kata sandi atau kode verifikasi.',
          ],
  }
}
