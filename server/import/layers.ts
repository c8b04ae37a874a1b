import type { GeometryKind } from './geometry.ts'

/**
 * How a field's text is read: `list` is parted by `;`, `,` or `|`; `oneway` knows yes, no, -1, 1, ya, tidak; `ordinal` is the
 * number of an RT or RW from 1 to 999, as offices write it: 7, 007, "RW 07", "RW. VII".
 */
export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'oneway' | 'ordinal'

export interface FieldSpec {
  type: FieldType
  /** `value`: each row must have it; `column`: the file must have it, a row may leave it empty; `optional`: may be absent. */
  need: 'value' | 'column' | 'optional'
  /** What it is, for the documentation and for faults. */
  means: string
  /** Column names that need no mapping, beside the field's own. */
  called?: RegExp
  /** A bad value refuses its row although the field may be empty: emptied, the row would say something else. */
  strict?: boolean
}

export interface LayerSpec {
  /** null: the layer has no geometry of its own. */
  geometry: GeometryKind | null
  fields: Record<string, FieldSpec>
  /** The field by which a report names a row. */
  label: string | null
}

const value = (means: string, type: FieldType = 'text'): FieldSpec => ({ need: 'value', type, means })
const column = (means: string, type: FieldType = 'text'): FieldSpec => ({ need: 'column', type, means })
const optional = (means: string, type: FieldType = 'text'): FieldSpec => ({ need: 'optional', type, means })

/**
 * Every layer that can be imported, with its fields: the one table that checks layers.json, reads rows, and stands in the
 * README. `fields` of an entry maps these names to columns of the file; a field with the column's own name needs no mapping.
 */
export const LAYERS = {
  kelurahan: {
    geometry: 'polygon',
    label: 'name',
    fields: {
      code: value('kode Kemendagri, 33.75.01.1002'),
      name: value('nama kelurahan'),
      kecamatan: value('nama kecamatan'),
      kecamatan_code: optional('kode kecamatan; tanpa ini tiga bagian pertama dari code'),
      population: optional('jumlah penduduk; entri wajib menyebut population_year', 'integer'),
      postcode: optional('kode pos'),
    },
  },
  neighbour: {
    geometry: 'polygon',
    label: 'name',
    fields: { regency: value('kabupaten atau kota'), name: value('kecamatan') },
  },
  road: {
    geometry: 'line',
    label: 'name',
    fields: {
      class: value('kelas jalan: menentukan kecepatan'),
      name: optional('nama; yang kosong diisi dari lapis street'),
      oneway: optional('searah dengan garis: 1, melawan: -1, dua arah: 0', 'oneway'),
      speed_kmh: optional('kecepatan; tanpa ini kelas yang menentukan', 'number'),
      level: optional('tingkat di atas tanah (jembatan 1): garis beda tingkat tidak bertemu', 'number'),
    },
  },
  street: { geometry: 'line', label: 'name', fields: { name: column('nama jalan'), class: optional('kelas') } },
  place: {
    geometry: 'point',
    label: 'name',
    fields: { name: value('nama tempat'), kind: value('jenis'), address: optional('alamat') },
  },
  facility: {
    geometry: 'point',
    label: 'name',
    fields: {
      name: value('nama'),
      kind: value('jenis: rs, puskesmas, damkar, ...'),
      address: optional('alamat'),
      phone: optional('telepon kantor'),
    },
  },
  agency: {
    geometry: null,
    label: 'name',
    fields: {
      code: value('kode tetap, huruf kecil'),
      name: value('nama OPD atau mitra'),
      kind: value('damkar bpbd psc119 polres pmi satpol dishub dlh dpupr dinsos pln pdam ...'),
      phone: optional('telepon kantor'),
      tracked: optional('punya unit yang diikuti', 'boolean'),
    },
  },
  station: {
    geometry: 'point',
    label: 'name',
    fields: {
      code: value('kode pos'),
      agency_code: value('kode instansi'),
      name: value('nama pos'),
      address: optional('alamat'),
    },
  },
  unit: {
    geometry: null,
    label: 'callsign',
    fields: {
      callsign: value('nama panggil, tetap'),
      agency_code: value('kode instansi'),
      station_code: optional('kode pos'),
      kind: value('jenis kendaraan atau regu'),
      capabilities: optional('kemampuan, dipisah titik koma: pump;rescue', 'list'),
      crew: optional('awak', 'integer'),
      turnout_seconds: optional('detik dari panggilan sampai roda berputar', 'integer'),
    },
  },
  flood: {
    geometry: 'polygon',
    label: 'event',
    fields: {
      event: optional('kejadian'),
      depth: optional('kelas kedalaman: 20-40 cm'),
      depth_cm: optional('kedalaman; tanpa ini dibaca dari depth', 'integer'),
      permanent: optional('tergenang terus', 'boolean'),
    },
  },
  water: { geometry: 'water', label: 'name', fields: { name: optional('nama'), class: optional('jenis') } },
  rail: { geometry: 'line', label: null, fields: { class: optional('jenis') } },
  turn: {
    geometry: 'line',
    label: null,
    fields: {
      seconds: { ...optional('tunda belok; kosong: dilarang', 'number'), strict: true },
      only: optional('hanya belokan ini yang boleh dari jalan asal', 'boolean'),
    },
  },
  neighbourhood: {
    geometry: 'spot',
    label: 'rw',
    fields: {
      rw: { ...value('nomor RW', 'ordinal'), called: /^(no(mor)?[_ .]?)?rw([_ .]?no)?$/i },
      rt: {
        ...optional('nomor RT; kosong: seluruh RW', 'ordinal'),
        called: /^(no(mor)?[_ .]?)?rt([_ .]?no)?$/i,
        strict: true,
      },
      kelurahan: {
        ...optional('kode atau nama kelurahan; tanpa ini dari letaknya'),
        called: /^((nama|nm|kode|kd)[_ .]?)?(kelurahan|kel|desa|keldesa|kel_desa|deskel)$/i,
      },
    },
  },
  closure: {
    // lines or areas, as rivers are
    geometry: 'water',
    label: 'reason',
    fields: {
      reason: value('alasan, tampil di dinding'),
      kind: { ...optional('jalan, area atau rob; tanpa ini dari bentuk dan kedalamannya'), strict: true },
      depth_cm: { ...optional('dalam genangan', 'integer'), strict: true },
      depth: optional('kelas kedalaman: 20-40 cm'),
      speed_factor: {
        ...optional('kecepatan tersisa 0 (tertutup) sampai 1; wajib bila tanpa kedalaman', 'number'),
        strict: true,
      },
      starts_at: value('mulai: 2026-11-28T07:00+07:00, tanpa zona berarti WIB'),
      ends_at: value('berakhir; tanggal saja berarti sampai akhir hari itu'),
    },
  },
  building: { geometry: 'shape', label: null, fields: {} },
  landuse: { geometry: 'polygon', label: 'class', fields: { class: value('penggunaan lahan') } },
} as const satisfies Record<string, LayerSpec>

export type LayerName = keyof typeof LAYERS
/** Layers that no map layer is made of: master data and closures have tables of their own. */
export type UndrawnLayer = 'agency' | 'station' | 'unit' | 'closure'
const UNDRAWN: readonly string[] = ['agency', 'station', 'unit', 'closure'] satisfies UndrawnLayer[]
export const isDrawn = (layer: LayerName): layer is Exclude<LayerName, UndrawnLayer> => !UNDRAWN.includes(layer)
export const LAYER_NAMES = Object.keys(LAYERS) as LayerName[]
export const layerSpec = (layer: LayerName): LayerSpec => LAYERS[layer]

/** Columns that hold a CSV's coordinates, beside the layer's fields. */
export const COORDINATE_FIELDS = ['lon', 'lat', 'x', 'y', 'wkt'] as const
