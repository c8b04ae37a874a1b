export const LAYER_NAMES = ['kelurahan', 'neighbour', 'road', 'street', 'place', 'facility', 'agency', 'station', 'unit', 'flood', 'water', 'rail', 'building', 'landuse'] as const
export type LayerName = (typeof LAYER_NAMES)[number]
