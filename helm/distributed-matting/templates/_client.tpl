{{/* For NOTES: how a first plate is matted. */}}
{{- define "matting.firstPlate" -}}
{{- $root := first (default (list .Values.storage.mountPath) .Values.storage.roots) | trimSuffix "/" -}}
MATTING_KEY=… matting submit {{ $root }}/plate.tif {{ $root }}/trimap.png -o {{ $root }}/alpha.tif --wait
{{- end -}}

{{/* What 'matting' needs to reach the farm. */}}
{{- define "matting.clientEnv" -}}
- name: MATTING_SERVER
  value: {{ include "matting.apiUrl" . }}
- name: MATTING_KEY
  valueFrom: {secretKeyRef: {name: {{ .Values.apiKeys.existingSecret | quote }}, key: {{ .Values.apiKeys.submitterKey | quote }}}}
{{- end -}}
