{{/* Names and labels. */}}
{{- define "matting.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "matting.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "matting.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "matting.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What pods are selected by: never changed by an upgrade. */}}
{{- define "matting.selector" -}}
app.kubernetes.io/name: {{ include "matting.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "matting.labels" -}}
{{ include "matting.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: distributed-matting
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "matting.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "matting.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "matting.claim" -}}
{{- default (printf "%s-shared" (include "matting.fullname" .)) .Values.storage.existingClaim -}}
{{- end -}}

{{- define "matting.image" -}}
{{- printf "%s:%s" .image.repository (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}

{{/* The worker that is on: its name, and what the whole farm computes on. */}}
{{- define "matting.worker" -}}
{{- ternary "gpu" "cpu" .Values.workers.gpu.enabled -}}
{{- end -}}
{{- define "matting.device" -}}
{{- ternary "cuda" "cpu" .Values.workers.gpu.enabled -}}
{{- end -}}

{{/* The address that browsers use: pages of any other are refused. Nothing where nobody said. */}}
{{- define "matting.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{- .Values.publicUrl -}}
{{- else if and .Values.ingress.enabled (not (hasPrefix "*" .Values.ingress.host)) -}}
{{- printf "http%s://%s" (ternary "s" "" (ne .Values.ingress.tlsSecret "")) .Values.ingress.host -}}
{{- end -}}
{{- end -}}

{{- define "matting.apiUrl" -}}
{{- printf "http://%s-api.%s.svc:%v" (include "matting.fullname" .) .Release.Namespace .Values.service.port -}}
{{- end -}}
