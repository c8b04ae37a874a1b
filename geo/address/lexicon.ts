/**
 * What a word of an address is. `class` says what sort of thing (masjid), `title` and `weak` may be left out in speech,
 * `filler` is talk around the place; the marks introduce a name; `drop` numbers houses and neighbourhoods.
 */
export type Kind =
  | 'word'
  | 'number'
  | 'class'
  | 'title'
  | 'weak'
  | 'filler'
  | 'relation'
  | 'direction'
  | 'joiner'
  | 'crossing'
  | 'street_mark'
  | 'area_mark'
  | 'kecamatan_mark'
  | 'regency_mark'
  | 'drop'
  | 'toward'

/** canonical words | the ways people write them, separated by commas */
const WAYS: Record<Exclude<Kind, 'word' | 'number'>, string> = {
  street_mark: 'jalan|jl,jln,jalan,jlan,jaln,jalna,jln raya,ruas jalan',
  area_mark: `kelurahan|kel,kelurahan,klurahan,kelurhan,desa,ds,daerah,wilayah,kawasan,lingkungan
kampung|kampung,kampoeng,kp,kpg,dusun`,
  kecamatan_mark: 'kecamatan|kec,kecamatan,kcmtan',
  regency_mark: 'kabupaten|kab,kabupaten,kabupeten,kbpten',
  drop: `nomor|no,nomor,nomer,nmr,nomr
rt|rt,erte,rukun tetangga
rw|rw,erwe,rukun warga
blok|blok,blk
km|km
gang|gg,gang,gank,lorong,lrg`,
  crossing: `perempatan|perempatan,prapatan,prempatan,perapatan,parapatan,simpang empat,simpang 4
pertigaan|pertigaan,pertelon,pretigaan,protelon,simpang tiga,simpang 3
simpang|simpang,simpangan,persimpangan,perlimaan,proliman,bangjo,lampu merah,traffic light,titik temu,pertemuan
pojok|pojok,pojokan,pojoke,sudut,tikungan`,
  joiner: `dan|dan,sama,dengan,dgn,karo,kaleh,kalih,lan,ambek,mbek,x,sm,dn,n
temu|temu,ketemu,bertemu,ktemu`,
  toward: 'arah|arah,jurusan,menuju,tujuan,ke arah,plat,asal',
  relation: `depan|depan,dpn,ngarep,ngarepe,ngarep e,muka,di muka
seberang|seberang,sebrang,sbrg,nyebrang,seberangnya
belakang|belakang,blkg,blakang,mburi,mburine,mburi ne
samping|samping,smping,sebelah,sblh,sebelahnya,sampingnya
dekat|dekat,deket,dkt,cedak,cedake,cedhak,sekitar,seputar,sekitaran,kisaran,area
dalam|dalam,dlm`,
  direction: `_|utara,lor,utaranya,timur laut,timur,wetan,timurnya,tenggara,selatan,kidul,selatannya
_|barat daya,barat,kulon,baratnya,barat laut
lor|lore,lor e,elor
kidul|kidule,kidul e
wetan|wetane,wetan e,etan,etane,etan e
kulon|kulone,kulon e`,
  title: `dr|dr,dokter,doktor
drs|drs
ir|ir,insinyur
prof|prof,profesor
jenderal|jend,jenderal,jendral,jen,jendr
letjen|letjen,let jen,letnan jenderal,letnan jendral
mayjen|mayjen,mayor jenderal
brigjen|brigjen
kolonel|kol,kolonel
kapten|kapt,kapten,kpt
mayor|mayor
sersan|sersan,serma
kh|kh,k h,kyai haji,kiai haji,kyai,kiai
h|haji
hj|hj,hajah,hajjah
hos|hos,h o s
wr|wr,w r,wage rudolf
ra|r a
santo|santo,st,santa
ki|ki
raden|raden,r
sultan|sultan
pangeran|pangeran,pgr`,
  weak: `kota|kota,kotamadya,kodya
pemkot|pemkot,pemerintah kota
negeri|negeri,negri,n
pembantu|pembantu
raya|raya
jami|jami,jamik,jami'
swasta|swasta
perumahan|perum,perumahan,perumnas,prm,komplek,kompleks
ri|ri
indonesia|indonesia
jateng|jateng,jawa tengah
uptd|uptd,upt`,
  class: `masjid|masjid,mesjid,msjd,mjd,mesjit,masjit
musala|musholla,mushola,musholah,musola,musala,langgar,surau
gereja|gereja,greja
klenteng|klenteng,kelenteng
vihara|vihara,wihara
makam|makam,kuburan,pemakaman,tpu
rs|rs,rumah sakit,igd,ugd,igd rs,ugd rs,igd rumah sakit,ugd rumah sakit
rs umum|rsu,rumah sakit umum
rs daerah|rsud,igd rsud,ugd rsud,rumah sakit umum daerah
rs islam|rsi,rumah sakit islam
rs ibu anak|rsia,rumah sakit ibu dan anak,rumah sakit ibu anak
rs bersalin|rsb,rumah sakit bersalin
puskesmas|puskesmas,pkm,puskes,puskemas
puskesmas pembantu|pustu,puskesmas pembantu
klinik|klinik,poliklinik
apotek|apotek,apotik
sd|sd,sekolah dasar
sd negeri|sdn,sd n,sd negeri,sd negri,sekolah dasar negeri
smp|smp,sltp
smp negeri|smpn,smp n,smp negeri,smp negri,sltpn
sma|sma,smu,slta
sma negeri|sman,smun,sma n,sma negeri,sma negri
smk|smk,stm,smea
smk negeri|smkn,smk n,smk negeri,smk negri
mi|mi,mii,msi,madrasah ibtidaiyah
mi swasta|mis,mi s
mi negeri|mi n,min
mts|mts,madrasah tsanawiyah,tsanawiyah
mts negeri|mtsn,mts n,mts negeri
ma|ma,madrasah aliyah,aliyah
ma negeri|man,ma n,ma negeri
tk|tk,taman kanak kanak
ra|raudlatul athfal,raudhatul athfal
paud|paud
tpq|tpq,tpa,taman pendidikan al quran,taman pendidikan alquran
ponpes|ponpes,pondok pesantren,pontren,pondok,pesantren,pp
madrasah|madrasah
sekolah|sekolah,skolah,sklh
universitas|universitas,univ,unversitas
yayasan|yayasan
kantorlurah|kantor kelurahan,kantor lurah,kantor kel,kel kantor,balai kelurahan,kantor desa,balai desa
kantorcamat|kantor kecamatan,kantor camat,kantor kec
kantor|kantor,ktr,kntr,kntor
gedung|gedung,gdg,gd
dinas|dinas,din
polres|polres,polresta
polsek|polsek
pospolisi|pos polisi,pospol
koramil|koramil
kodim|kodim
damkar|damkar,pemadam kebakaran,pmk
stasiun|stasiun,setasiun,stasion
terminal|terminal
pelabuhan|pelabuhan
pasar|pasar,psr
spbu|spbu,pom bensin,pom
gor|gor
hotel|hotel
bank|bank
toko|toko
museum|museum
lapangan|lapangan,lap
alunalun|alun alun,alunalun
jembatan|jembatan,jbt
pantai|pantai
kali|kali,sungai,kalen
rumahmakan|rumah makan,warung makan,restoran,resto,kafe,cafe
minimarket|indomaret,alfamart,minimarket,mini market
mal|mal,mall,plaza
pabrik|pabrik
bengkel|bengkel
stadion|stadion
monumen|monumen
bundaran|bundaran,bunderan
taman|taman`,
  filler: `_|ada,adanya,pak,bapak,bu,ibu,mbak,mbah,bang,kak,dik,tolong,tulung,minta,mohon,halo,hallo,assalamualaikum,selamat,pagi,siang,sore,malam
_|ini,itu,saya,kami,kita,lagi,sedang,terjadi,telah,sudah,baru,baru saja,di,ke,dari,yang,nya,lokasi,lokasinya,posisi,posisinya,alamat,alamatnya,tepatnya
_|persis,pas,situ,sini,sana,dong,ya,yo,nih,mau,butuh,perlu,segera,cepat,cepet,darurat,gawat,lapor,laporan,melaporkan,mas
_|kebakaran,kobong,kobongan,terbakar,kebakar,api,asap,banjir,kebanjiran,banjire,rob,genangan,air,kecelakaan,laka,lakalantas,tabrakan,tabrak,menabrak,ditabrak
_|pohon,tumbang,roboh,ambruk,orang,warga,anak,korban,luka,pingsan,sakit,meninggal,tenggelam,kecebur,jatuh,melahirkan,sesak,kejang,serangan jantung
_|ular,tawon,sarang,lebah,kucing,cincin,maling,begal,pencurian,perampokan,rampok,tawuran,berkelahi,keributan,kdrt,ambulans,ambulan,ambulance
_|mobil,motor,sepeda,truk,truck,bus,bis,becak,kereta,jenazah,odgj,pgot,miras,mabuk,gila,listrik,padam,mati lampu,konslet,korsleting,kabel,tiang,bocor,gas
_|rumah,rumahnya,warung,gudang,kos,kosan,meter,mtr,m,sekitarnya,jawa tengah,tempat,tempatnya,lantai,lt,kira kira,antara,jalur pantura,pantura,kurang lebih,kl,kode pos,kodepos,and,the,at
_|kiri,kanan,kiri jalan,kanan jalan,pinggir,pinggire,tepi,ujung,pojokane,tengah,tengah tengah,lewat,setelah,sebelum,habis,masuk,lurus,belok,mentok,buntu
_|tebal,hitam,dapur,kompor,meledak,ledakan,bau,menyala,merembet,membesar,parah,darah,berdarah,patah,kepala,kaki,tangan,hamil,istri,suami
_|tetangga,tetangganya,adik,kakak,nenek,kakek,bayi,anaknya,teman,bocah,bawa,senjata,tajam,celurit,puting beliung,petir,hujan,deras,macet,menutup,nutup
_|melintang,tertimpa,ketiban,terjepit,kejepit,terkunci,kekunci,terjebak,kejebak,kesetrum,tersengat,keracunan,muntah,demam,lemas,sadar,bernapas,napas
_|iki,iku,kuwi,lho,loh,neng,ning,nang,teng,wonten,ono,nggih,niki,niku,monggo,omah,omahe,griyo,kang,lek,tulong,kula,kulo`,
}

export interface Meaning {
  kind: Kind
  /** Canonical words; the first of a class phrase is the class, the rest are weak. */
  words: readonly string[]
}

/** Written phrase (words parted by one space) to its meaning. */
export const LEXICON: ReadonlyMap<string, Meaning> = read()
/** The longest phrase, in words. */
export const LONGEST = Math.max(...[...LEXICON.keys()].map((phrase) => phrase.split(' ').length))

function read(): Map<string, Meaning> {
  const map = new Map<string, Meaning>()
  for (const [kind, text] of Object.entries(WAYS) as [Kind, string][]) {
    for (const line of text.split('\n')) {
      const [canonical, ways] = line.split('|')
      for (const way of ways.split(',')) {
        if (!map.has(way)) map.set(way, { kind, words: (canonical === '_' ? way : canonical).split(' ') })
      }
    }
  }
  return map
}

/** Number words and roman numerals (these only behind another word). */
export const NUMBERS: ReadonlyMap<string, string> = new Map(
  'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh'.split(' ').map((word, i) => [word, String(i + 1)]),
)
export const ROMAN: ReadonlyMap<string, string> = new Map(
  'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv'.split(' ').map((word, i) => [word, String(i + 1)]),
)

/** Single words of the lexicon that are recognised misspelt: long ones, and of the short ones what names a class ("sbpu"). */
export const MENDABLE: readonly string[] = [...LEXICON]
  .filter(([way, { kind }]) => /^[a-z]+$/.test(way) && (way.length >= 5 || (way.length === 4 && kind === 'class')))
  .map(([way]) => way)
