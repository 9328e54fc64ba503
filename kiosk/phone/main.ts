import './old-phones.ts';
import { mount } from 'svelte';
import '#look/tokens.css';
import '#look/base.css';
import PhoneApp from '#kiosk/phone/PhoneApp.svelte';

const { pathname, searchParams } = new URL(location.href);
const token = pathname.replace(/^\/t\//, '');
mount(PhoneApp, { target: document.body, props: { token, lang: searchParams.get('lang') } });
