/** Long and short, felt through a pocket (milliseconds on, off, on …). */
const VIBRATION = [300, 150, 300, 150, 600];
/** Three tones up (hertz). */
const TONES = [523, 659, 784];

/** Sound and vibration of an open page. A browser allows both only after a touch. */
export class Signal {
  #audio: AudioContext | null = null;
  #allowed = false;

  /** From a press. Keeps the screen on too, where the browser can: a page that sleeps hears nothing. */
  allow(): void {
    this.#allowed = true;
    this.#stayAwake();
    this.ring();
  }

  /** The page is looked at again: whoever looked away, or was telephoned, has lost the wake lock, and perhaps the sound. */
  awoke(): void {
    if (this.#allowed) this.#stayAwake();
  }

  #stayAwake(): void {
    try {
      this.#audio ??= new AudioContext();
      void this.#audio.resume().catch(() => undefined);
      void navigator.wakeLock.request('screen').catch(() => undefined);
    } catch {
      // no sound, or no wake lock on this phone: it still vibrates, and shows
    }
  }

  ring(): void {
    if ('vibrate' in navigator) navigator.vibrate(VIBRATION);
    const audio = this.#audio;
    if (!audio) return;
    if (audio.state !== 'running') void audio.resume().catch(() => undefined);
    TONES.forEach((frequency, i) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + i * 0.25;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.4, start + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    });
  }

  close(): void {
    void this.#audio?.close();
  }
}
