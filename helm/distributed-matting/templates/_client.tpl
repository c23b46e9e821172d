{{/* What 'matting' needs to reach the farm. */}}
{{- define "matting.clientEnv" -}}
- name: MATTING_SERVER
  value: {{ include "matting.apiUrl" . }}
- name: MATTING_KEY
  valueFrom: {secretKeyRef: {name: {{ .Values.apiKeys.existingSecret }}, key: {{ .Values.apiKeys.submitterKey }}}}
{{- end -}}
