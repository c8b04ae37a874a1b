import { mount } from 'svelte'
import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/light.css'
import '../theme/wall.css'
import { locale } from '../text/text.ts'
import Wall from './Wall.svelte'

document.documentElement.lang = locale
const target = document.getElementById('app')
if (target) mount(Wall, { target })
