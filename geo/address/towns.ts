/**
 * Towns and kecamatan people name on the phone that lie outside the city, where no imported layer knows them:
 * name, regency or city, rough longitude and latitude (good to some kilometres). Public facts.
 */
const LINES = `Laut Jawa|Laut Jawa|109.70|-6.75
Kandangserang|Kabupaten Pekalongan|109.53|-7.11
Lebakbarang|Kabupaten Pekalongan|109.66|-7.10
Paninggaran|Kabupaten Pekalongan|109.57|-7.14
Petungkriyono|Kabupaten Pekalongan|109.73|-7.15
Kesesi|Kabupaten Pekalongan|109.50|-7.01
Kajen|Kabupaten Pekalongan|109.58|-7.03
Kedungwuni|Kabupaten Pekalongan|109.65|-6.97
Wiradesa|Kabupaten Pekalongan|109.62|-6.89
Wonopringgo|Kabupaten Pekalongan|109.62|-6.99
Doro|Kabupaten Pekalongan|109.68|-7.03
Bojong|Kabupaten Pekalongan|109.59|-6.96
Sragi|Kabupaten Pekalongan|109.57|-6.93
Linggoasri|Kabupaten Pekalongan|109.58|-7.08
Pekajangan|Kabupaten Pekalongan|109.66|-6.95
Wonokerto|Kabupaten Pekalongan|109.63|-6.86
Siwalan|Kabupaten Pekalongan|109.58|-6.89
Karangdadap|Kabupaten Pekalongan|109.70|-6.97
Talun|Kabupaten Pekalongan|109.73|-7.05
Batang|Kabupaten Batang|109.73|-6.91
Sigandu|Kabupaten Batang|109.75|-6.88
Ujungnegoro|Kabupaten Batang|109.80|-6.90
Warung Asem|Kabupaten Batang|109.70|-6.94
Kandeman|Kabupaten Batang|109.77|-6.92
Tulis|Kabupaten Batang|109.82|-6.94
Wonotunggal|Kabupaten Batang|109.75|-7.01
Alas Roban|Kabupaten Batang|109.97|-6.95
Karanganyar|Kabupaten Pekalongan|109.63|-7.03
Bandar|Kabupaten Batang|109.80|-7.05
Bawang|Kabupaten Batang|109.92|-7.10
Reban|Kabupaten Batang|109.87|-7.06
Blado|Kabupaten Batang|109.84|-7.07
Subah|Kabupaten Batang|109.87|-6.97
Tersono|Kabupaten Batang|109.97|-7.02
Gringsing|Kabupaten Batang|110.02|-6.96
Limpung|Kabupaten Batang|109.93|-7.00
Banyuputih|Kabupaten Batang|109.96|-6.97
Pecalungan|Kabupaten Batang|109.90|-7.02
Pemalang|Kabupaten Pemalang|109.38|-6.89
Comal|Kabupaten Pemalang|109.52|-6.90
Ulujami|Kabupaten Pemalang|109.55|-6.86
Petarukan|Kabupaten Pemalang|109.45|-6.89
Ampelgading|Kabupaten Pemalang|109.50|-6.92
Bodeh|Kabupaten Pemalang|109.51|-7.02
Bantarbolang|Kabupaten Pemalang|109.39|-7.01
Randudongkal|Kabupaten Pemalang|109.32|-7.09
Moga|Kabupaten Pemalang|109.24|-7.12
Belik|Kabupaten Pemalang|109.34|-7.16
Watukumpul|Kabupaten Pemalang|109.43|-7.17
Pulosari|Kabupaten Pemalang|109.28|-7.16
Warungpring|Kabupaten Pemalang|109.27|-7.07
Tegal|Kota Tegal|109.13|-6.87
Slawi|Kabupaten Tegal|109.14|-6.98
Adiwerna|Kabupaten Tegal|109.13|-6.94
Guci|Kabupaten Tegal|109.16|-7.20
Suradadi|Kabupaten Tegal|109.24|-6.88
Warureja|Kabupaten Tegal|109.30|-6.89
Pangkah|Kabupaten Tegal|109.16|-6.97
Margasari|Kabupaten Tegal|109.02|-7.09
Balapulang|Kabupaten Tegal|109.10|-7.05
Lebaksiu|Kabupaten Tegal|109.14|-7.03
Bumijawa|Kabupaten Tegal|109.12|-7.16
Dukuhturi|Kabupaten Tegal|109.11|-6.90
Dukuhwaru|Kabupaten Tegal|109.08|-6.98
Pagerbarang|Kabupaten Tegal|109.07|-7.03
Brebes|Kabupaten Brebes|109.04|-6.87
Bumiayu|Kabupaten Brebes|109.01|-7.25
Losari|Kabupaten Brebes|108.81|-6.84
Ketanggungan|Kabupaten Brebes|108.89|-6.94
Jatibarang|Kabupaten Brebes|109.06|-6.97
Bulakamba|Kabupaten Brebes|108.95|-6.87
Banjarharjo|Kabupaten Brebes|108.83|-6.98
Kersana|Kabupaten Brebes|108.87|-6.95
Wanasari|Kabupaten Brebes|109.02|-6.89
Songgom|Kabupaten Brebes|109.02|-7.01
Paguyangan|Kabupaten Brebes|109.03|-7.29
Sirampog|Kabupaten Brebes|109.08|-7.24
Tonjong|Kabupaten Brebes|109.03|-7.18
Bantarkawung|Kabupaten Brebes|108.93|-7.22
Kendal|Kabupaten Kendal|110.20|-6.92
Weleri|Kabupaten Kendal|110.07|-6.97
Kaliwungu|Kabupaten Kendal|110.25|-6.96
Sukorejo|Kabupaten Kendal|110.04|-7.08
Cepiring|Kabupaten Kendal|110.15|-6.91
Patebon|Kabupaten Kendal|110.17|-6.92
Gemuh|Kabupaten Kendal|110.11|-6.97
Rowosari|Kabupaten Kendal|110.05|-6.92
Brangsong|Kabupaten Kendal|110.22|-6.95
Pegandon|Kabupaten Kendal|110.14|-6.98
Singorojo|Kabupaten Kendal|110.22|-7.09
Plantungan|Kabupaten Kendal|109.97|-7.13
Semarang|Kota Semarang|110.42|-6.99
Lawang Sewu|Kota Semarang|110.41|-6.98
Tugu Muda|Kota Semarang|110.41|-6.98
Banyumanik|Kota Semarang|110.42|-7.07
Tembalang|Kota Semarang|110.44|-7.06
Mangkang|Kota Semarang|110.30|-6.97
Ngaliyan|Kota Semarang|110.34|-7.00
Krapyak Semarang|Kota Semarang|110.37|-6.99
Poncol Semarang|Kota Semarang|110.42|-6.97
Boja|Kabupaten Kendal|110.28|-7.10
Ungaran|Kabupaten Semarang|110.41|-7.13
Ambarawa|Kabupaten Semarang|110.40|-7.26
Salatiga|Kota Salatiga|110.50|-7.33
Demak|Kabupaten Demak|110.64|-6.89
Kudus|Kabupaten Kudus|110.84|-6.81
Jepara|Kabupaten Jepara|110.67|-6.59
Pati|Kabupaten Pati|111.04|-6.75
Rembang|Kabupaten Rembang|111.34|-6.71
Blora|Kabupaten Blora|111.42|-6.97
Purwodadi|Kabupaten Grobogan|110.92|-7.09
Grobogan|Kabupaten Grobogan|110.92|-7.09
Boyolali|Kabupaten Boyolali|110.60|-7.53
Solo|Kota Surakarta|110.83|-7.57
Surakarta|Kota Surakarta|110.83|-7.57
Klaten|Kabupaten Klaten|110.60|-7.71
Sukoharjo|Kabupaten Sukoharjo|110.84|-7.68
Sragen|Kabupaten Sragen|111.02|-7.43
Wonogiri|Kabupaten Wonogiri|110.93|-7.81
Malioboro|Kota Yogyakarta|110.37|-7.79
Borobudur|Kabupaten Magelang|110.20|-7.61
Prambanan|Kabupaten Sleman|110.49|-7.75
Sleman|Kabupaten Sleman|110.35|-7.72
Bantul|Kabupaten Bantul|110.33|-7.89
Magelang|Kota Magelang|110.22|-7.48
Temanggung|Kabupaten Temanggung|110.18|-7.32
Wonosobo|Kabupaten Wonosobo|109.90|-7.36
Dieng|Kabupaten Wonosobo|109.91|-7.21
Banjarnegara|Kabupaten Banjarnegara|109.69|-7.40
Purbalingga|Kabupaten Purbalingga|109.36|-7.39
Purwokerto|Kabupaten Banyumas|109.24|-7.43
Banyumas|Kabupaten Banyumas|109.29|-7.52
Cilacap|Kabupaten Cilacap|109.01|-7.72
Kebumen|Kabupaten Kebumen|109.66|-7.67
Purworejo|Kabupaten Purworejo|110.01|-7.71
Yogyakarta|Kota Yogyakarta|110.37|-7.80
Jogja|Kota Yogyakarta|110.37|-7.80
Majenang|Kabupaten Cilacap|108.76|-7.30
Kroya|Kabupaten Cilacap|109.25|-7.63
Gombong|Kabupaten Kebumen|109.51|-7.60
Ajibarang|Kabupaten Banyumas|109.08|-7.41
Wangon|Kabupaten Banyumas|109.06|-7.52
Sokaraja|Kabupaten Banyumas|109.29|-7.46
Muntilan|Kabupaten Magelang|110.29|-7.58
Parakan|Kabupaten Temanggung|110.10|-7.29
Kartasura|Kabupaten Sukoharjo|110.74|-7.55
Cepu|Kabupaten Blora|111.59|-7.15
Lasem|Kabupaten Rembang|111.45|-6.69
Juwana|Kabupaten Pati|111.15|-6.71
Cirebon|Kota Cirebon|108.56|-6.72
Kuningan|Kabupaten Kuningan|108.48|-6.98
Majalengka|Kabupaten Majalengka|108.23|-6.84
Sumedang|Kabupaten Sumedang|107.92|-6.86
Tasikmalaya|Kota Tasikmalaya|108.22|-7.33
Ciamis|Kabupaten Ciamis|108.35|-7.33
Garut|Kabupaten Garut|107.91|-7.22
Cianjur|Kabupaten Cianjur|107.14|-6.82
Sukabumi|Kota Sukabumi|106.93|-6.92
Karawang|Kabupaten Karawang|107.30|-6.31
Purwakarta|Kabupaten Purwakarta|107.44|-6.56
Cikarang|Kabupaten Bekasi|107.15|-6.31
Indramayu|Kabupaten Indramayu|108.32|-6.33
Jakarta|DKI Jakarta|106.83|-6.18
Bandung|Kota Bandung|107.61|-6.91
Bekasi|Kota Bekasi|106.99|-6.24
Bogor|Kota Bogor|106.80|-6.60
Depok|Kota Depok|106.82|-6.40
Tangerang|Kota Tangerang|106.63|-6.18
Surabaya|Kota Surabaya|112.75|-7.25
Sidoarjo|Kabupaten Sidoarjo|112.72|-7.45
Gresik|Kabupaten Gresik|112.65|-7.16
Lamongan|Kabupaten Lamongan|112.42|-7.12
Tuban|Kabupaten Tuban|112.06|-6.90
Bojonegoro|Kabupaten Bojonegoro|111.88|-7.15
Madiun|Kota Madiun|111.52|-7.63
Ngawi|Kabupaten Ngawi|111.45|-7.40
Ponorogo|Kabupaten Ponorogo|111.46|-7.87
Kediri|Kota Kediri|112.01|-7.82
Mojokerto|Kota Mojokerto|112.43|-7.47
Jombang|Kabupaten Jombang|112.23|-7.55
Jember|Kabupaten Jember|113.70|-8.17
Banyuwangi|Kabupaten Banyuwangi|114.37|-8.22
Malang|Kota Malang|112.63|-7.98
Denpasar|Kota Denpasar|115.22|-8.65
Medan|Kota Medan|98.67|3.59
Palembang|Kota Palembang|104.76|-2.98
Makassar|Kota Makassar|119.43|-5.14`

/**
 * Desa next to the city that callers name, by kecamatan and regency; good to the kecamatan, about two kilometres. Names that
 * are short, everyday words or also the city's are left out.
 */
const DESA = `Buaran|Kabupaten Pekalongan|109.68|-6.94|Bligo,Kertijayan,Simbang Kulon,Simbang Wetan,Sapugarut,Watusalam,Wonoyoso,Paweden,Pakumbulan,Coprayan
Tirto|Kabupaten Pekalongan|109.64|-6.90|Samborejo,Silirejo,Dadirejo,Jeruksari,Karangjompo,Mulyorejo,Ngalian,Pandanarum,Tegaldowo,Wuled
Wiradesa|Kabupaten Pekalongan|109.62|-6.89|Gumawang,Pekuncen,Kemplong,Kampil,Petukangan,Bondansari,Warukidul,Warulor,Delegtukang,Mayangan
Wonokerto|Kabupaten Pekalongan|109.63|-6.86|Api Api,Tratebang,Pecakaran,Rowoyoso,Sijambe
Kedungwuni|Kabupaten Pekalongan|109.65|-6.97|Capgawen,Ambokembang,Rowocacing,Salakbrojo,Tangkil,Tosaran,Pajomblangan,Kwayangan,Bugangan
Warung Asem|Kabupaten Batang|109.70|-6.94|Kalibeluk,Banjiran,Cepagan,Kaliwareng,Menguneng,Pejambon,Pesaren,Sariglagah,Sawahjoho,Sijono,Candiareng
Batang|Kabupaten Batang|109.73|-6.91|Kasepuhan,Proyonanggan,Watesalit,Klidang Lor,Klidang Wetan,Denasri Kulon,Denasri Wetan,Kalisalak,Rowobelang,Cepokokuning,Pasekaran`

export interface Town {
  name: string
  regency: string
  /** Of a desa. */
  kecamatan?: string
  point: [lon: number, lat: number]
}

export const TOWNS: readonly Town[] = [
  ...LINES.split('\n').map((line): Town => {
    const [name, regency, lon, lat] = line.split('|')
    return { name, regency, point: [Number(lon), Number(lat)] }
  }),
  ...DESA.split('\n').flatMap((line): Town[] => {
    const [kecamatan, regency, lon, lat, names] = line.split('|')
    return names.split(',').map((name) => ({ name, regency, kecamatan, point: [Number(lon), Number(lat)] }))
  }),
]
